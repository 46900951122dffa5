module gateway-doctor.test/cluster/mkimage

go 1.26.0
